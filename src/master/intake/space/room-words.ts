/** Where room may be wanting, and what makes some. */
export const ROOM_WORDS = {
  stick: { place: 'the stick', where: 'on the stick', hint: 'Copy old tarballs and ISO images off the stick and remove them there.' },
  ram: {
    place: "the master's RAM",
    where: "in the master's RAM",
    hint: 'Seal, and keep the tarball; a master that is switched off and on has room again.',
  },
} as const;
