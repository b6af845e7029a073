import { ARCHITECTURES, type Architecture } from '../../domain/values/architecture.ts';

/** Whether programs of an image run on this host by an interpreter only; `processor` is Node's word for this host's. */
export function isForeign(architecture: Architecture, processor: string = process.arch): boolean {
  return ARCHITECTURES[architecture].node !== processor;
}
