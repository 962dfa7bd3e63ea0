package dev.stele.server.settings;

import io.netty.util.NetUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of server names (appendices, "Server Name"). */
final class ServerNames {
  private static final Pattern GRAMMAR =
      Pattern.compile("(?:\\[(?<ipv6>[0-9A-Fa-f:.]{2,45})]|[0-9A-Za-z.-]{1,255})(?::[0-9]{1,5})?");

  private ServerNames() {}

  static boolean isValid(String name) {
    Matcher matcher = GRAMMAR.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    String ipv6 = matcher.group("ipv6");
    return ipv6 == null || NetUtil.isValidIpV6Address(ipv6);
  }
}
