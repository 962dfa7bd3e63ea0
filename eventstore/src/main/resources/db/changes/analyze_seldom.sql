-- These tables grow by more of the same, so that what the planner knows of them holds for long: an
-- ANALYZE takes a core for seconds, and need not come with every tenth of what is there.
ALTER TABLE log.record SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE log.claim SET (autovacuum_analyze_scale_factor = 0.5);
