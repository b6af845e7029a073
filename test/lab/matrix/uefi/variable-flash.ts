/** A flash image of OVMF with these variables of the global vendor, as EDK II's VariableFormat.h lays them out. */
export function variableFlash(variables: readonly { name: string; data: string; state: number }[]): Buffer {
  const volume = Buffer.alloc(72);
  volume.write('_FVH', 40, 'latin1');
  volume.writeUInt16LE(72, 48);
  const size = 8192;
  const store = Buffer.alloc(size, 0xff);
  Buffer.from('782cf3aa7b949a43a1802e144ec37792', 'hex').copy(store, 0);
  store.writeUInt32LE(size, 16);
  let at = 28;
  for (const { name, data, state } of variables) {
    const nameBytes = Buffer.from(`${name}\0`, 'utf16le');
    const content = Buffer.from(data, 'hex');
    const header = Buffer.alloc(60);
    header.writeUInt16LE(0x55aa, 0);
    header.writeUInt8(state, 2);
    header.writeUInt32LE(7, 4);
    header.writeUInt32LE(nameBytes.length, 36);
    header.writeUInt32LE(content.length, 40);
    Buffer.from('61dfe48bca93d211aa0d00e098032b8c', 'hex').copy(header, 44);
    at += Buffer.concat([header, nameBytes, content]).copy(store, at);
    at = Math.ceil(at / 4) * 4;
  }
  return Buffer.concat([volume, store]);
}
