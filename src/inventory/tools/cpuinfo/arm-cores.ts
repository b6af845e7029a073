/** Who made a core, by bits 31 to 24 of MIDR_EL1 (Arm Architecture Reference Manual, D19.2). */
const MAKERS: Readonly<Record<number, string>> = {
  65: 'ARM',
  66: 'Broadcom',
  67: 'Cavium',
  70: 'Fujitsu',
  72: 'HiSilicon',
  78: 'NVIDIA',
  80: 'APM',
  81: 'Qualcomm',
  97: 'Apple',
  109: 'Microsoft',
  112: 'Phytium',
  192: 'Ampere',
};

/** Cores that servers and boards have, by maker and by bits 15 to 4, from the makers' technical reference manuals. */
const CORES: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  65: {
    3331: 'Cortex-A53',
    3332: 'Cortex-A35',
    3333: 'Cortex-A55',
    3335: 'Cortex-A57',
    3336: 'Cortex-A72',
    3337: 'Cortex-A73',
    3338: 'Cortex-A75',
    3339: 'Cortex-A76',
    3340: 'Neoverse-N1',
    3392: 'Neoverse-V1',
    3393: 'Cortex-A78',
    3401: 'Neoverse-N2',
    3407: 'Neoverse-V2',
  },
  67: { 161: 'ThunderX-88XX', 175: 'ThunderX2-99xx' },
  70: { 1: 'A64FX' },
  72: { 3329: 'TaiShan-v110' },
  80: { 0: 'X-Gene' },
  192: { 2755: 'Ampere-1', 2756: 'Ampere-1a' },
};

/** `0x41` is ARM; undefined of a maker that is not known. */
export function armMaker(implementer: string | undefined): string | undefined {
  return MAKERS[Number(implementer)];
}

/** Part `0xd0c` of implementer `0x41` is a Neoverse-N1. */
export function armCore(implementer: string | undefined, part: string | undefined): string | undefined {
  return part === undefined ? undefined : CORES[Number(implementer)]?.[Number(part)];
}
