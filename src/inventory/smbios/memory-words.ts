/** DSP0134 7.17.2. */
export const ARRAY_USES: readonly string[] = [
  'Other',
  'Unknown',
  'System Memory',
  'Video Memory',
  'Flash Memory',
  'Non-volatile RAM',
  'Cache Memory',
];

/** DSP0134 7.17.3. */
export const ERROR_CORRECTION_TYPES: readonly string[] = ['Other', 'Unknown', 'None', 'Parity', 'Single-bit ECC', 'Multi-bit ECC', 'CRC'];

/** DSP0134 7.18.1. */
export const FORM_FACTORS: readonly string[] = [
  'Other',
  'Unknown',
  'SIMM',
  'SIP',
  'Chip',
  'DIP',
  'ZIP',
  'Proprietary Card',
  'DIMM',
  'TSOP',
  'Row Of Chips',
  'RIMM',
  'SODIMM',
  'SRIMM',
  'FB-DIMM',
  'Die',
];

/** DSP0134 7.18.2; HBM3 came with version 3.7. */
export const MEMORY_TYPES: readonly string[] = [
  'Other',
  'Unknown',
  'DRAM',
  'EDRAM',
  'VRAM',
  'SRAM',
  'RAM',
  'ROM',
  'Flash',
  'EEPROM',
  'FEPROM',
  'EPROM',
  'CDRAM',
  '3DRAM',
  'SDRAM',
  'SGRAM',
  'RDRAM',
  'DDR',
  'DDR2',
  'DDR2 FB-DIMM',
  'Reserved',
  'Reserved',
  'Reserved',
  'DDR3',
  'FBD2',
  'DDR4',
  'LPDDR',
  'LPDDR2',
  'LPDDR3',
  'LPDDR4',
  'Logical non-volatile device',
  'HBM',
  'HBM2',
  'DDR5',
  'LPDDR5',
  'HBM3',
];

/** DSP0134 7.18.6. */
export const MEMORY_TECHNOLOGIES: readonly string[] = [
  'Other',
  'Unknown',
  'DRAM',
  'NVDIMM-N',
  'NVDIMM-F',
  'NVDIMM-P',
  'Intel Optane DC persistent memory',
];
