/** What `--set` says in tests: all that a format cannot do without, and most of what it takes. */
export const EXAMPLE_WORDS: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['job=bmc', 'module=ipmi'],
  maas: ['power-user=recon', 'zone=hall-3'],
  tinkerbell: [
    ...['netmask=255.255.254.0', 'gateway=10.0.0.1', 'nameservers=10.0.0.2|10.0.0.3', 'disk=smallest', 'labels=type=cp|row=7'],
    'bmc-user=recon',
  ],
  metal3: ['namespace=metal3', 'bmc=redfish://{address}/redfish/v1/Systems/1', 'unchecked-certificates=true', 'disk=smallest'],
  warewulf: ['profiles=default,gpu', 'netmask=255.255.254.0', 'gateway=10.0.0.1', 'ipmi-user=recon'],
  slurm: ['partition=all', 'features=amd,rome'],
};

/** The same for the command line, with the addresses that some formats need. */
export function exampleArguments(format: string): string[] {
  const set = (EXAMPLE_WORDS[format] ?? []).flatMap((word) => ['--set', word]);
  return format === 'tinkerbell' ? [...set, '--first-address', '10.0.0.10'] : set;
}
