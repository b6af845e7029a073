/** The boot pool on a stick: where its folder lies on RECONDATA, and below which paths its master serves it. */
export const STICK_POOL = {
  /** on RECONDATA */
  folder: 'pool',
  /** in that folder: NAME/VERSION/ of each image */
  images: 'images',
  /** for machines: scripts, images, files, signs of life */
  machines: '/pool',
  /** GET: what each node runs, what is assigned, and what it boots next */
  state: '/pool/state',
  /** POST, with the PIN: what nodes boot */
  assign: '/control/pool',
} as const;
