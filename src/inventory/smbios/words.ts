/** The word of an enumerated value; `first` is the value of the first word. What the table does not hold is `<OUT OF SPEC>`. */
export function wordOf(words: readonly string[], value: number | undefined, first = 1): string | undefined {
  return value === undefined ? undefined : (words[value - first] ?? OUT_OF_SPEC);
}

const OUT_OF_SPEC = '<OUT OF SPEC>';

/** DSP0134 7.4.1, Table 17. */
export const CHASSIS_TYPES: readonly string[] = [
  'Other',
  'Unknown',
  'Desktop',
  'Low Profile Desktop',
  'Pizza Box',
  'Mini Tower',
  'Tower',
  'Portable',
  'Laptop',
  'Notebook',
  'Hand Held',
  'Docking Station',
  'All In One',
  'Sub Notebook',
  'Space-saving',
  'Lunch Box',
  'Main Server Chassis',
  'Expansion Chassis',
  'Sub Chassis',
  'Bus Expansion Chassis',
  'Peripheral Chassis',
  'RAID Chassis',
  'Rack Mount Chassis',
  'Sealed-case PC',
  'Multi-system',
  'CompactPCI',
  'AdvancedTCA',
  'Blade',
  'Blade Enclosing',
  'Tablet',
  'Convertible',
  'Detachable',
  'IoT Gateway',
  'Embedded PC',
  'Mini PC',
  'Stick PC',
];

/** DSP0134 7.3.2. */
export const BOARD_TYPES: readonly string[] = [
  'Unknown',
  'Other',
  'Server Blade',
  'Connectivity Switch',
  'System Management Module',
  'Processor Module',
  'I/O Module',
  'Memory Module',
  'Daughter Board',
  'Motherboard',
  'Processor+Memory Module',
  'Processor+I/O Module',
  'Interconnect Board',
];

/** DSP0134 7.5.1. */
export const PROCESSOR_TYPES: readonly string[] = [
  'Other',
  'Unknown',
  'Central Processor',
  'Math Processor',
  'DSP Processor',
  'Video Processor',
];

/** DSP0134 7.5, Processor Status bits 2:0, from 0. */
export const PROCESSOR_STATES: readonly string[] = [
  'Unknown',
  'Enabled',
  'Disabled By User',
  'Disabled By BIOS',
  'Idle',
  OUT_OF_SPEC,
  OUT_OF_SPEC,
  'Other',
];

/** DSP0134 7.28.1, Device Type bits 4:0. */
export const COOLING_TYPES: readonly string[] = [
  'Other',
  'Unknown',
  'Fan',
  'Centrifugal Blower',
  'Chip Fan',
  'Cabinet Fan',
  'Power Supply Fan',
  'Heat Pipe',
  'Integrated Refrigeration',
  ...Array.from({ length: 6 }, () => OUT_OF_SPEC),
  'Active Cooling',
  'Passive Cooling',
];

/** DSP0134 7.28.1, Status bits 7:5. */
export const COOLING_STATES: readonly string[] = ['Other', 'Unknown', 'OK', 'Non-critical', 'Critical', 'Non-recoverable'];

/** DSP0134 7.40.1, bits 9:7. */
export const SUPPLY_STATES: readonly string[] = ['Other', 'Unknown', 'OK', 'Non-critical', 'Critical'];
