import { z } from 'zod';
import { about, optional } from './section.ts';

/** The TPM by SMBIOS type 43 and /sys/class/tpm. */
export const TpmSection = z.looseObject({
  version: optional.text.meta(about('1.2 or 2.0', '/sys/class/tpm/*/tpm_version_major, dmidecode type 43 Specification Version')),
  vendor: optional.text.meta(about('letters of the maker', 'dmidecode type 43 Vendor ID')),
  description: optional.text.meta(about('what the firmware calls it', 'dmidecode type 43 Description')),
  firmware: optional.text.meta(about('version of its firmware', 'dmidecode type 43 Firmware Revision')),
});
export type TpmSection = z.infer<typeof TpmSection>;

export const PowerSupply = z.looseObject({
  location: optional.text.meta(about('bay of the power supply', 'dmidecode type 39 Location')),
  name: optional.text.meta(about('name', 'dmidecode type 39 Name')),
  manufacturer: optional.text.meta(about('maker', 'dmidecode type 39 Manufacturer')),
  model: optional.text.meta(about('part number', 'dmidecode type 39 Model Part Number')),
  revision: optional.text.meta(about('revision', 'dmidecode type 39 Revision')),
  serial: optional.text.meta(about('serial number', 'dmidecode type 39 Serial Number, ipmitool fru print')),
  assetTag: optional.text.meta(about('label that its owner gave it', 'dmidecode type 39 Asset Tag')),
  maxWatts: optional.count.meta(about('what it can deliver', 'dmidecode type 39 Max Power Capacity')),
  present: optional.flag.meta(about('it is fitted', 'dmidecode type 39 Status')),
  status: optional.text.meta(about('OK, Critical …', 'dmidecode type 39 Status')),
  plugged: optional.flag.meta(about('the mains are connected', 'dmidecode type 39 Plugged')),
  hotReplaceable: optional.flag.meta(about('it can be changed while the machine runs', 'dmidecode type 39 Hot Replaceable')),
});
export type PowerSupply = z.infer<typeof PowerSupply>;

export const Fan = z.looseObject({
  description: optional.text.meta(about('name of the fan', 'dmidecode type 27 Description')),
  type: optional.text.meta(about('fan, blower …', 'dmidecode type 27 Type')),
  status: optional.text.meta(about('OK, Critical …', 'dmidecode type 27 Status')),
  nominalRpm: optional.count.meta(about('speed that it is made for', 'dmidecode type 27 Nominal Speed')),
});
export type Fan = z.infer<typeof Fan>;
