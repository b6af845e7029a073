import { X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** From now on this program trusts certificates that one of these authorities signed (PEM), beside those that the machine and Node know. @throws Error for what is no certificate */
export function trustAuthority(pem: string): void {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new Error('there is no certificate in it');
  for (const one of found) new X509Certificate(one);
  setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system'), ...found]);
}
