/**
 * Makers of machines as folders of NetBox's device-type library are called, by what their firmware says, in small letters and without punctuation. HP stays HP: the library
 * has both HP and HPE, and only its model tells which one made a machine.
 */
const MAKERS: readonly (readonly [said: RegExp, name: string])[] = [
  [/^dell( inc| emc| computer corporation)?$/, 'Dell'],
  [/^(hpe|hewlett packard enterprise)$/, 'HPE'],
  [/^(hp|hewlett packard)( inc| company)?$/, 'HP'],
  [/^super ?micro( computer)?( inc)?$/, 'Supermicro'],
  [/^lenovo$/, 'Lenovo'],
  [/^cisco( systems)?( inc)?$/, 'Cisco'],
  [/^fujitsu( siemens| limited| ltd| technology solutions)?$/, 'Fujitsu'],
  [/^huawei( technologies)?( co)?( ltd)?$/, 'Huawei'],
  [/^inspur( electronic information industry| information technology)?( company| co)?( limited| ltd)?$/, 'Inspur'],
  [/^(qct|quanta( cloud technology| computer)?( inc)?)$/, 'QCT'],
  [/^gigabyte( technology)?( co)?( ltd)?$/, 'Gigabyte'],
  [/^asus(tek)?( computer)?( inc)?$/, 'ASUS'],
  [/^intel( r)?( corporation| corp)?$/, 'Intel'],
  [/^(amd|advanced micro devices( inc)?( amd( ati)?)?)$/, 'AMD'],
];

/** The library's name of a maker; one that it does not have, or that nobody knows here, as it was said. */
export function netboxMaker(said: string): string {
  const words = said
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  return MAKERS.find(([pattern]) => pattern.test(words))?.[1] ?? said;
}
