/** Paths that the web page asks for. They stand alone so that the page need not carry the schemas. */
export const PAGE_PATHS = {
  page: '/',
  nodes: '/nodes',
  visit: '/visit',
  live: '/live',
  changes: '/changes',
  export: '/export/',
  seal: '/control/seal',
  sealWithoutCaptures: '/control/seal-without-captures',
  powerOff: '/control/power-off',
  done: '/control/done',
  look: '/control/look',
} as const;

/** What a person may ask the master to do from the page, with the PIN. */
export const CONTROL_ACTIONS = ['seal', 'seal-without-captures', 'power-off', 'done', 'look'] as const;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];

/** POST, with the PIN. */
export const CONTROL_PATHS: Readonly<Record<ControlAction, string>> = {
  seal: PAGE_PATHS.seal,
  'seal-without-captures': PAGE_PATHS.sealWithoutCaptures,
  'power-off': PAGE_PATHS.powerOff,
  done: PAGE_PATHS.done,
  look: PAGE_PATHS.look,
};

/** Header with the PIN that only the master's screen shows. */
export const PIN_HEADER = 'x-recon-pin';
