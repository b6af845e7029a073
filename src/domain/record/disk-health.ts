import { z } from 'zod';
import { about, optional } from './section.ts';

const SMARTCTL = 'smartctl --json';
const BOTH = `${SMARTCTL}, nvme smart-log`;

/** SMART and its relatives; what a drive says of its own health. */
export const health = {
  smartPassed: optional.flag.meta(about('the drive does not expect to fail', `${BOTH} critical_warning`)),
  temperatureCelsius: z.number().exactOptional().meta(about('temperature', BOTH)),
  powerOnHours: optional.count.meta(about('hours that it was on', BOTH)),
  powerCycles: optional.count.meta(about('times that it was switched on', BOTH)),
  wearPercent: optional.count.meta(
    about(
      'rated endurance that is used up; may pass 100',
      `${BOTH} percentage_used, ${SMARTCTL} ata_device_statistics, or the attribute that the maker of a SATA SSD counts it by`,
    ),
  ),
  availableSparePercent: optional.count.meta(about('spare blocks left, NVMe', `${BOTH} available_spare`)),
  grownDefects: optional.count.meta(about('SCSI grown defect list', `${SMARTCTL} scsi_grown_defect_list`)),
  reallocatedSectors: optional.count.meta(about('ATA attribute 5', `${SMARTCTL} ata_smart_attributes`)),
  pendingSectors: optional.count.meta(about('ATA attribute 197', `${SMARTCTL} ata_smart_attributes`)),
  mediaErrors: optional.count.meta(
    about('NVMe media errors, or uncorrected errors of the SCSI error counters', `${BOTH} media_errors, scsi_error_counter_log`),
  ),
  writtenBytes: optional.counter.meta(
    about('written by the host in the life of the drive, NVMe; from 2^53 on decimal text', `${BOTH} data_units_written`),
  ),
};
