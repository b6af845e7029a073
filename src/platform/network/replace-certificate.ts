import { Server } from 'node:tls';

/** Another certificate and key, PEM, for connections that begin from now on; those that there are go on with theirs. @throws the system's error for a pair that does not fit */
export function replaceCertificate(server: object, { cert, key }: { cert: string; key: string }): void {
  if (!(server instanceof Server)) throw new TypeError('a server that speaks no TLS has no certificate');
  server.setSecureContext({ cert, key });
}
