interface QueryExample {
  readonly about: string;
  readonly sql: string;
}

/** Questions that people come with. Each answers something of any visit. */
export const QUERY_EXAMPLES: readonly QueryExample[] = [
  { about: 'which models, and how many', sql: 'select vendor, product, count(*) n from machines group by vendor, product order by n desc' },
  {
    about: 'where a serial number is, of a machine or a drive',
    sql: "select 'machine' part, serial, mac from machines where serial like '%12%' union all select 'drive', serial, mac from disks where serial like '%12%'",
  },
  {
    about: 'drives by model, with their space',
    sql: 'select model, count(*) n, sum(size_bytes) bytes from disks group by model order by n desc',
  },
  {
    about: 'drives that are worn or expect to fail',
    sql: 'select m.serial machine, d.name, d.model, d.serial, d.wear_percent, d.smart_passed from disks d join machines m using (visit, mac) where d.wear_percent >= 50 or d.smart_passed = 0 order by d.wear_percent desc',
  },
  {
    about: 'free slots for memory',
    sql: 'select serial, product, dimm_slots - dimm_count free_slots, memory_installed_bytes from machines order by free_slots desc',
  },
  {
    about: 'BIOS versions of each model',
    sql: 'select product, firmware_version, count(*) n from machines group by product, firmware_version order by product, n desc',
  },
  {
    about: 'which port of which switch a machine hangs on',
    sql: 'select n.lldp_switch, n.lldp_port, m.serial, n.name, n.port_mac, n.speed_mbps from nics n join machines m using (visit, mac) where n.lldp_switch is not null order by 1, 2',
  },
  {
    about: 'findings, by kind',
    sql: 'select severity, code, count(*) n, count(distinct mac) machines from findings group by severity, code order by n desc',
  },
  { about: 'who did not arrive, and why', sql: 'select mac, address, stage, verdict, hint from missing where port_of is null' },
  {
    about: 'power supplies that are missing or not plugged in',
    sql: 'select m.serial machine, p.location, p.model, p.present, p.plugged from power_supplies p join machines m using (visit, mac) where p.present = 0 or p.plugged = 0',
  },
];

/** The examples as they are typed, for `recon query --examples`. */
export function examplesText(): string {
  return QUERY_EXAMPLES.map(({ about, sql }) => `# ${about}\nrecon query TARBALL "${sql}"\n`).join('\n');
}
