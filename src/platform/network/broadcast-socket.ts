import { createSocket } from 'node:dgram';

/** A UDP socket for broadcasts on the one network that a namespace has. */
export interface BroadcastSocket extends AsyncDisposable {
  send(message: Uint8Array, port: number): Promise<void>;
}

/** Opens a UDP socket on `port` of every local address; messages are handed over as they come. */
export async function openBroadcastSocket(port: number, onMessage: (message: Uint8Array, from: string) => void): Promise<BroadcastSocket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, from) => onMessage(message, from.address));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '0.0.0.0', resolve);
  });
  socket.setBroadcast(true);
  return {
    send: (message, to) =>
      new Promise<void>((resolve, reject) => {
        socket.send(message, to, '255.255.255.255', (error) => (error === null ? resolve() : reject(error)));
      }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}
