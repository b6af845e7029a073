/** Of iPXE's own option: the code of the feature "HTTP", its length and its value (iPXE's dhcp.h, `DHCP_EB_FEATURE_HTTP`). */
const HTTP_FEATURE = '13:01:01';
/** dnsmasq 2.90 keeps what stands for "any byte" in 32 bits, so that a pattern with such bytes has 32 at most. */
const LONGEST_PATTERN = 32;
const LAST_EXACT_PLACE = LONGEST_PATTERN - HTTP_FEATURE.split(':').length;

/**
 * Who is an iPXE that can fetch by HTTP, as the tag `ipxe`: by the features that it lists in option 175, at whatever place, and not by its name, because
 * one without HTTP can fetch nothing of ours but a loader by TFTP. gPXE lists features too, and cannot read our scripts.
 *
 * dnsmasq has no word for "contains these bytes": there is a line for each place. Behind the 30th it can only compare pairs of bytes that begin at an
 * even place. A feature there is seen by its first two bytes, or by the last of the feature before it and its own code; a longer list without HTTP
 * could be taken for one with it only by a network card whose id has these bytes.
 */
export function ipxeLines(tag = 'ipxe'): string[] {
  const atPlace = Array.from({ length: LAST_EXACT_PLACE + 1 }, (_, place) => [...Array(place).fill('*'), HTTP_FEATURE].join(':'));
  // 13 01, 00 13, 01 13, 02 13 as numbers of two bytes
  const pairs = ['4865', '19s', '275', '531'];
  return [
    `dhcp-userclass=set:${tag}-gpxe,gPXE`,
    ...atPlace.map((pattern) => `dhcp-match=set:${tag}-http,175,${pattern}`),
    `dhcp-match=set:${tag}-long,175,${Array(LONGEST_PATTERN).fill('*').join(':')}`,
    ...pairs.map((pair) => `dhcp-match=set:${tag}-late,175,${pair}`),
    `tag-if=set:${tag},tag:${tag}-http,tag:!${tag}-gpxe`,
    `tag-if=set:${tag},tag:${tag}-long,tag:${tag}-late,tag:!${tag}-gpxe`,
  ];
}
