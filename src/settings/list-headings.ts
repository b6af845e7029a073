/** What a column of a list of machines says. */
export type ListColumn = 'mac' | 'serial' | 'uuid' | 'assetTag' | 'bmcAddress' | 'name';

/** Words of headings in English, German, French, Spanish and Italian, as {@link plainHeading} leaves them. The first that fits. */
const HEADINGS: readonly [ListColumn, RegExp][] = [
  [
    'mac',
    /\b(?:macs?|mac ?addr(?:ess(?:e[ns]?)?)?|macadress[en]*|macaddress|hw ?addr(?:ess)?|hwaddr|ethernet|physical address|hardware ?add?ress[en]*|physikalische adresse|adresse (?:physique|materielle|ethernet)|direccion (?:fisica|hardware)|indirizzo (?:fisico|hardware))\b|\bmac\d+\b/,
  ],
  [
    'bmcAddress',
    /\b(?:bmc|ipmi|idrac|drac|ilo|irmc|xcc|imm|cimc|oob|management|mgmt|verwaltungs? ?ip|gestion)(?: (?:ip|ipv4|adresse?|address|addr|lan|board|host|direccion|indirizzo))*\b/,
  ],
  ['uuid', /\b(?:uuid|guid)\b/],
  [
    'assetTag',
    /\b(?:asset|assets|asset ?tag|assettag|asset ?(?:no|nr|number|id)|inventar\w*|anlagen ?(?:nr|nummer)|inventory ?(?:no|number|tag)|(?:numero|no|n) (?:d )?inventaire|etiquette|(?:numero|n) de (?:inventario|activo)|etiqueta|numero (?:di )?inventario|inventario|cespite)\b/,
  ],
  [
    'serial',
    /\b(?:serials?|serial ?(?:no|nr|num|number)|serialnumber|serialno|sn|s n|snr|ser ?nr|serien ?(?:nr|no|nummer)|seriennummer|seriennr|service ?tag|servicetag|(?:numero|num|no|n) (?:de |di )?serie|numero serial|numero seriale|seriale|serie|matricola|fabrik(?:ations)? ?(?:nr|nummer))\b/,
  ],
  [
    'name',
    /\b(?:names?|host ?names?|hosts?|labels?|(?:rechner|server|geraete|gerate|computer|maschinen|host|node)[ -]?names?|rechner|server|machines?|maschinen?|bezeichnung|nom|nom d hote|hote|nombre|equipo|maquina|servidor|nome|nome host|macchina|computer|device|gerat|geraet|nodes?|knoten|fqdn|description)\b/,
  ],
];

/** Undefined for a heading that says nothing of this. */
export function listColumn(heading: string): ListColumn | undefined {
  const plain = plainHeading(heading);
  return HEADINGS.find(([, words]) => words.test(plain))?.[0];
}

/** Small letters without accents, words by single blanks: `N° de série`, `MACAddress`, `serial_number` become `n de serie`, `mac address`, `serial number`. */
export function plainHeading(heading: string): string {
  return heading
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/ß/g, 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/\bno?o\b/g, 'no')
    .trim();
}
