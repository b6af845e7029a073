import { z } from 'zod';
import { PoolName } from './pool-name.ts';
import { PoolNode } from './pool-settings.ts';

const { macs, address, groups, tags, boot, once, serial, uuid, note, switch: switchName, port, memoryGiB } = PoolNode.shape;

/** What is to change of a node; `null` takes a value out. */
export const NodePatch = z.strictObject({
  macs: macs.exactOptional(),
  address: address.unwrap().nullable().exactOptional(),
  groups: groups.unwrap().nullable().exactOptional(),
  tags: tags.unwrap().nullable().exactOptional(),
  boot: boot.unwrap().nullable().exactOptional(),
  once: once.unwrap().nullable().exactOptional(),
  serial: serial.unwrap().nullable().exactOptional(),
  uuid: uuid.unwrap().nullable().exactOptional(),
  switch: switchName.unwrap().nullable().exactOptional(),
  port: port.unwrap().nullable().exactOptional(),
  memoryGiB: memoryGiB.unwrap().nullable().exactOptional(),
  note: note.unwrap().nullable().exactOptional(),
});
export type NodePatch = z.infer<typeof NodePatch>;

/** A node that is to be, with its name. */
export const NewNode = PoolNode.extend({ name: PoolName });
export type NewNode = z.infer<typeof NewNode>;
