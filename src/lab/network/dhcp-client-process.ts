import { argv, stdout } from 'node:process';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { openBroadcastSocket } from '../../platform/network/broadcast-socket.ts';
import { pause } from '../../platform/process/wait-for.ts';
import { type DhcpAnswer, dhcpQuestion, parseDhcpAnswer } from './dhcp-message.ts';

/**
 * A program of its own, because a process lives in one network namespace: asks for an address like any client, takes the
 * first offer, and prints everything that any server answered as JSON. Arguments: MAC address, vendor class (may be empty).
 */
const [, , mac = '', vendorClass = ''] = argv;
const SERVER_PORT = 67;
const CLIENT_PORT = 68;
/** a server with its defaults pings an address for 3 s before it offers it */
const LISTEN_MS = 6000;

const answers: DhcpAnswer[] = [];
await using socket = await openBroadcastSocket(CLIENT_PORT, (message) => {
  const answer = parseDhcpAnswer(message);
  if (answer !== undefined) answers.push(answer);
});
const common = { mac, transaction: Math.floor(Math.random() * 2 ** 32), ...(vendorClass === '' ? {} : { vendorClass }) };
await socket.send(dhcpQuestion({ kind: 'discover', ...common }), SERVER_PORT);
await pause(LISTEN_MS);
const offer = answers.find((answer) => answer.kind === 'offer' && answer.transaction === common.transaction);
if (offer !== undefined) {
  const { address, serverAddress } = offer;
  const taken = { requestedAddress: address, ...definedOnly({ serverAddress }) };
  await socket.send(dhcpQuestion({ kind: 'request', ...common, ...taken }), SERVER_PORT);
  await pause(LISTEN_MS / 2);
}
stdout.write(`${JSON.stringify(answers.filter((answer) => answer.transaction === common.transaction))}\n`);
