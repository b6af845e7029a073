import type { Capture } from '../../domain/capture.ts';
import { type DeviceReadings, deviceReadings } from './devices.ts';
import { type FirmwareReadings, firmwareReadings } from './firmware.ts';
import { lazily } from './lazily.ts';
import { type NetworkReadings, networkReadings } from './network.ts';
import { type StorageReadings, storageReadings } from './storage.ts';
import { toolOutputs } from './tool-outputs.ts';

/** What each tool of a capture says. A section names those that it takes. */
export type Readings = FirmwareReadings & DeviceReadings & StorageReadings & NetworkReadings;

/** The readings of a capture, each made when a section first asks for it and then kept: no output is decoded twice. */
export function readingsOf(capture: Capture): Readings {
  const outputs = toolOutputs(capture);
  return lazily<Readings>({
    ...firmwareReadings(outputs, capture),
    ...deviceReadings(outputs, capture),
    ...storageReadings(outputs),
    ...networkReadings(outputs),
  });
}
