import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Why the user looks at pictures: control, incident:<id>, request:<number>, maintenance or training. */
export type Purpose = string;
export const routine: Purpose = 'control';

interface PurposeStore {
  /** What the user chose in the header; stays until changed. */
  chosen: Purpose;
  /** Stands in for `chosen` while an incident is in focus. */
  incident: Purpose | null;
  choose: (purpose: Purpose) => void;
  enterIncident: (id: string | null) => void;
}

export const usePurpose = create<PurposeStore>()(
  persist(
    (set) => ({
      chosen: routine,
      incident: null,
      choose: (chosen) => set({ chosen }),
      enterIncident: (id) => set({ incident: id === null ? null : `incident:${id}` }),
    }),
    { name: 'bongsu.purpose', partialize: ({ chosen }) => ({ chosen }) },
  ),
);

/** The purpose that requests carry now. A chosen case number comes before the incident in focus. */
export function getPurpose(): Purpose {
  const { chosen, incident } = usePurpose.getState();
  return chosen === routine ? (incident ?? chosen) : chosen;
}
