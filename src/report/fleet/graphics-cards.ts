import type { Gpu } from '../../domain/record/accelerators.ts';

/** Cards that compute or draw, without the little display of a BMC or of a virtual machine. */
export function graphicsCards<Card extends Pick<Gpu, 'vendor' | 'model' | 'memoryBytes' | 'serial'>>(gpus: readonly Card[]): Card[] {
  return gpus.filter(
    ({ vendor, model }) =>
      !/\b(?:matrox|aspeed|silicon motion|cirrus|red hat|vmware|qxl|virtio|iLO|MGA G200|hewlett|bochs|qemu)\b|^1234\b/i.test(
        `${vendor ?? ''} ${model ?? ''}`,
      ),
  );
}
