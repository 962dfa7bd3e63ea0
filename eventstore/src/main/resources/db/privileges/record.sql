-- Not even the owner may change the log; content alone may be updated, by log.erase.
REVOKE ALL ON log.record FROM CURRENT_USER;
GRANT SELECT, INSERT, UPDATE (content) ON log.record TO CURRENT_USER;
