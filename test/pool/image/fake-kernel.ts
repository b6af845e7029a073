/** The head of a bzImage whose version text is `<release> (builder) …`, as small as its reader allows. */
export function fakeKernel(release: string): Buffer {
  const kernel = Buffer.alloc(8192);
  kernel.write('HdrS', 0x202, 'latin1');
  kernel.writeUInt16LE(0x0d80, 0x20e);
  kernel.write(`${release} (debian-kernel@lists) #1 SMP`, 0x0d80 + 0x200, 'latin1');
  return kernel;
}
