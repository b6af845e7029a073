import { fileUrl, menuUrl, type OfferedFiles, vendorClass } from './boot-files.ts';

/**
 * PowerShell of the module DhcpServer. The policy for iPXE comes first, because iPXE says PXEClient as well and the first policy that fits wins. A
 * policy can ask for the user class and not for option 175, so that an iPXE counts as one that has HTTP; gPXE has another user class.
 */
export function windowsLines({ address, byTftp, byHttp }: OfferedFiles): string[] {
  const policy = (
    name: string,
    order: number,
    type: 'User' | 'Vendor',
    data: string,
    values: readonly (readonly [number, string])[],
  ): string[] => [
    `Add-DhcpServerv4Class -Name "${name}" -Type ${type} -Data "${data}"`,
    `Add-DhcpServerv4Policy -Name "${name}" -Condition OR -${type}Class EQ,"${name}*" -ProcessingOrder ${order}`,
    ...values.map(([option, value]) => `Set-DhcpServerv4OptionValue -PolicyName "${name}" -OptionId ${option} -Value "${value}"`),
  ];
  return [
    '# An iPXE without HTTP cannot be told from others here: give such a card another boot file by a reservation, or update its ROM.',
    // option 60 is not among those that the server knows from the start
    'Add-DhcpServerv4OptionDefinition -Name "PXEClient" -OptionId 60 -Type String',
    ...policy('Recon iPXE', 1, 'User', 'iPXE', [[67, menuUrl(address)]]),
    ...byTftp.flatMap((one, index) =>
      policy(`Recon ${one.loader} ${one.option93}`, index + 2, 'Vendor', vendorClass(one), [
        [66, address],
        [67, one.loader],
      ]),
    ),
    ...byHttp.flatMap((one, index) =>
      policy(`Recon HTTP ${one.option93}`, index + 2 + byTftp.length, 'Vendor', vendorClass(one), [
        [60, 'HTTPClient'],
        [67, fileUrl(address, one)],
      ]),
    ),
  ];
}
