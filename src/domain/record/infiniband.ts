import { z } from 'zod';
import { about, count, optional, text } from './section.ts';

const SYS = '/sys/class/infiniband/*';
const PORT = `${SYS}/ports/*`;

const InfinibandPort = z.looseObject({
  port: count.meta(about('number of the port', `ibstat Port, ${PORT}`)),
  state: optional.text.meta(about('Active, Down …', `ibstat State, ${PORT}/state`)),
  physicalState: optional.text.meta(about('LinkUp, Polling …', `ibstat Physical state, ${PORT}/phys_state`)),
  rateGbps: z
    .number()
    .nonnegative()
    .exactOptional()
    .meta(about('rate of the link', `ibstat Rate, ${PORT}/rate`)),
  lid: optional.count.meta(about('address in its subnet', `ibstat Base lid, ${PORT}/lid`)),
  portGuid: optional.text.meta(about('16 hexadecimal digits', `ibstat Port GUID, ${PORT}/gids/0`)),
  linkLayer: optional.text.meta(about('InfiniBand or Ethernet', `ibstat Link layer, ${PORT}/link_layer`)),
});

/** RoCE devices are here too: their link layer is Ethernet. */
export const InfinibandDevice = z.looseObject({
  name: text.meta(about('kernel name, for example mlx5_0', `ibstat, ${SYS}`)),
  type: optional.text.meta(about('type of the adapter', `ibstat CA type, ${SYS}/hca_type`)),
  firmware: optional.text.meta(about('firmware version', `ibstat Firmware version, ${SYS}/fw_ver`)),
  hardware: optional.text.meta(about('hardware revision', `ibstat Hardware version, ${SYS}/hw_rev`)),
  nodeGuid: optional.text.meta(about('16 hexadecimal digits', `ibstat Node GUID, ${SYS}/node_guid`)),
  systemImageGuid: optional.text.meta(about('16 hexadecimal digits', `ibstat System image GUID, ${SYS}/sys_image_guid`)),
  ports: z.array(InfinibandPort).meta(about('its ports', `ibstat, ${PORT}`)),
});
export type InfinibandDevice = z.infer<typeof InfinibandDevice>;
