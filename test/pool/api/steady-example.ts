import type { RouteExample } from '../../../src/pool/api/parts/route-examples.ts';

/** An example without what is another one each time, so that the same route shows the same. */
export function steadyExample(example: RouteExample): RouteExample {
  const text = JSON.stringify(example)
    .replaceAll(/recon_[0-9a-f]{8}_[\w-]{43}/g, `recon_0123abcd_${'T'.repeat(43)}`)
    .replaceAll(/(?<=tokens\/|"(?:id|revoked)":")[0-9a-f]{8}(?=")/g, '0123abcd')
    .replaceAll(/(?<="(?:link|secret)":")[\w-]{43}(?=")/g, 'L'.repeat(43))
    .replaceAll(/(?<=")[0-9a-f]{64}(?=")/g, 'a'.repeat(64));
  return JSON.parse(text) as RouteExample;
}
