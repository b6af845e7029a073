import type { Stage } from './stages.ts';

/** What each stage means to somebody in the aisle. */
export const STAGE_WORDS: Record<Stage, string> = {
  discover: 'asks for an address',
  offer: 'was offered an address',
  request: 'takes the address',
  ack: 'has an address',
  loader: 'loads the boot loader',
  script: 'got its boot script',
  kernel: 'loads the kernel',
  initrd: 'loads the initrd',
  'root-image': 'loads the root image',
  config: 'is given its files',
  handover: 'hands over to its system',
  up: 'runs',
  gone: 'ran, and says nothing any more',
  agent: 'is up',
  collect: 'looks at its hardware',
  upload: 'sends its record',
  receipt: 'has its receipt',
  'power-off': 'powers off',
  'own-disk': 'is sent to its own disk',
};
