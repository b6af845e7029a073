/** DSP0134 7.10.3. */
export const SLOT_USAGES: readonly string[] = ['Other', 'Unknown', 'Available', 'In Use', 'Unavailable'];

/** DSP0134 7.10.4. */
export const SLOT_LENGTHS: readonly string[] = ['Other', 'Unknown', 'Short', 'Long', '2.5" drive form factor', '3.5" drive form factor'];

/** Words that go before the type, DSP0134 7.10.2; the first two, Other and Unknown, say nothing. */
export const SLOT_WIDTHS: readonly string[] = [
  '',
  '',
  '8-bit',
  '16-bit',
  '32-bit',
  '64-bit',
  '128-bit',
  'x1',
  'x2',
  'x4',
  'x8',
  'x12',
  'x16',
  'x32',
];

/** The name of a slot's type, DSP0134 7.10.1; undefined for a number that has none. */
export function slotType(value: number): string | undefined {
  return LOW[value - 1] ?? HIGH[value - 0xa0] ?? (value === 0x30 ? 'CXL FLexbus 1.0' : undefined);
}

const LOW: readonly string[] = [
  'Other',
  'Unknown',
  'ISA',
  'MCA',
  'EISA',
  'PCI',
  'PC Card (PCMCIA)',
  'VLB',
  'Proprietary',
  'Processor Card',
  'Proprietary Memory Card',
  'I/O Riser Card',
  'NuBus',
  'PCI-66',
  'AGP',
  'AGP 2x',
  'AGP 4x',
  'PCI-X',
  'AGP 8x',
  'M.2 Socket 1-DP',
  'M.2 Socket 1-SD',
  'M.2 Socket 2',
  'M.2 Socket 3',
  'MXM Type I',
  'MXM Type II',
  'MXM Type III',
  'MXM Type III-HE',
  'MXM Type IV',
  'MXM 3.0 Type A',
  'MXM 3.0 Type B',
  'PCI Express 2 SFF-8639 (U.2)',
  'PCI Express 3 SFF-8639 (U.2)',
  'PCI Express Mini 52-pin with bottom-side keep-outs',
  'PCI Express Mini 52-pin without bottom-side keep-outs',
  'PCI Express Mini 76-pin',
  'PCI Express 4 SFF-8639 (U.2)',
  'PCI Express 5 SFF-8639 (U.2)',
  'OCP NIC 3.0 Small Form Factor (SFF)',
  'OCP NIC 3.0 Large Form Factor (LFF)',
  'OCP NIC Prior to 3.0',
];

const WIDTHS = ['', ' x1', ' x2', ' x4', ' x8', ' x16'];
const lanes = (generation: string): string[] => WIDTHS.map((width) => `PCI Express${generation}${width}`);

const HIGH: readonly (string | undefined)[] = [
  'PC-98/C20',
  'PC-98/C24',
  'PC-98/E',
  'PC-98/Local Bus',
  'PC-98/Card',
  ...lanes(''),
  ...lanes(' 2'),
  ...lanes(' 3'),
  undefined,
  ...lanes(' 4'),
  ...lanes(' 5'),
  'PCI Express 6+',
  'EDSFF E1',
  'EDSFF E3',
];
