import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

// A process that speaks QEMU's machine protocol on the socket that it is given, and otherwise does what it is told:
// `say` a line on its console, send an `event`, `quit` with an exit code.
const [path = ''] = process.argv.slice(2);
createServer((socket) => {
  socket.write('{"QMP":{}}\n');
  createInterface(socket).on('line', (line) => {
    const { execute, id, arguments: given = {} } = JSON.parse(line) as { execute: string; id: number; arguments?: Record<string, string> };
    if (execute === 'say') console.log(given['text']);
    if (execute === 'event')
      socket.write(`${JSON.stringify({ event: given['name'], timestamp: { seconds: 1, microseconds: 500_000 } })}\n`);
    if (execute === 'quit') process.exit(3);
    socket.write(`${JSON.stringify({ return: {}, id })}\n`);
  });
}).listen(path);
