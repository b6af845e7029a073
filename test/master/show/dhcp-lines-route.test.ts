import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { dhcpLinesRoute } from '../../../src/master/show/dhcp-lines-route.ts';
import { ARCHITECTURES } from '../../loaders-there.ts';

const cases: [query: string, address: string][] = [
  ['?address=192.168.9.250', '192.168.9.250'],
  ['', 'ADDRESS'],
  ['?address=192.168.9.256', 'ADDRESS'],
  ['?address=1.2.3.4;rm', 'ADDRESS'],
  ['?address=1.2.3.4&address=5.6.7.8', 'ADDRESS'],
];
for (const [query, address] of cases) {
  test(`the lines for another DHCP server, asked with "${query}"`, async () => {
    const app = Fastify();
    dhcpLinesRoute(app, { architectures: ARCHITECTURES });
    const { statusCode, body, headers } = await app.inject(`/networks/dhcp-lines.txt${query}`);
    assert.equal(statusCode, 200);
    assert.match(String(headers['content-type']), /^text\/plain/);
    assert.ok(body.includes(`\nnext-server ${address};\n`));
    assert.ok(!body.includes('rm'), 'nothing of the question is repeated');
    await app.close();
  });
}
