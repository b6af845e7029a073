import { z } from 'zod';

const Path = z.string().regex(/^\/\S*$/, 'an absolute path');
const Interface = z.string().regex(/^[^\s/]{1,15}$/, 'the name of a network interface, such as eth1');

/** `head.yaml`: the options of `recon head serve`, for a service. Strict, as all settings. */
export const HeadSettings = z.strictObject({
  interface: Interface.meta({ description: 'the private side: the interface that the diskless machines hang on' }),
  public: Interface.exactOptional().meta({ description: 'the side of people; the pool never answers machines there' }),
  pool: Path.exactOptional(),
  images: Path.exactOptional(),
  state: Path.exactOptional(),
  secrets: Path.exactOptional(),
  loaders: Path.exactOptional(),
  reconUrl: z
    .url({ protocol: /^https?$/ })
    .exactOptional()
    .meta({ description: 'first script of an inventory image, for the profile recon' }),
  peopleListen: z.string().min(1).exactOptional().meta({ description: 'HTTPS of people: PORT, ADDRESS:PORT or none' }),
  peopleName: z.array(z.string().min(1)).exactOptional().meta({ description: 'other names by which people call this head' }),
  certificate: Path.exactOptional().meta({ description: 'PEM, with its chain' }),
  key: Path.exactOptional().meta({ description: 'key of the certificate, PEM' }),
  socket: Path.exactOptional().meta({ description: 'for commands on this machine' }),
  users: Path.exactOptional().meta({ description: 'users and tokens, mode 0600' }),
  port: z.int().min(1).max(65_535).exactOptional().meta({ description: 'HTTP port of the private side' }),
});
export type HeadSettings = z.infer<typeof HeadSettings>;
