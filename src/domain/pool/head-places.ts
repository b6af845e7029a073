// apart from the schema of head.yaml: each call of the program reads this file, and zod is a hundred more

/** Where an installed head node keeps what it has. */
export const HEAD_PLACES = {
  settings: '/etc/recon/head.yaml',
  pool: '/etc/recon/pool',
  secrets: '/etc/recon/secrets',
  images: '/srv/recon/images',
  state: '/var/lib/recon',
  loaders: '/usr/lib/ipxe',
  users: '/etc/recon/users.yaml',
  socket: '/run/recon/head.sock',
} as const;
