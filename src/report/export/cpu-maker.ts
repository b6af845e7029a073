const MAKERS: Readonly<Record<string, string>> = {
  GenuineIntel: 'Intel',
  AuthenticAMD: 'AMD',
  HygonGenuine: 'Hygon',
  CentaurHauls: 'Zhaoxin',
  Shanghai: 'Zhaoxin',
};

/** The maker behind the 12 letters that CPUID leaf 0 gives; any other name as it is. */
export function cpuMaker(vendor: string | undefined): string | undefined {
  return vendor === undefined ? undefined : (MAKERS[vendor] ?? vendor);
}
