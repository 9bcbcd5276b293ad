import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'dark' | 'light';
export type Density = 'cosy' | 'compact';

interface Preferences {
  theme: Theme;
  density: Density;
  /** Sounds for gravity 4 and 5. Without them the frame of the page flashes once instead. */
  sound: boolean;
  notifications: boolean;
  set: (values: Partial<Omit<Preferences, 'set'>>) => void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'dark',
      density: 'cosy',
      sound: true,
      notifications: false,
      set: (values) => set(values),
    }),
    { name: 'bongsu.preferences' },
  ),
);

function applyToDocument({ theme, density }: Preferences): void {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
}

applyToDocument(usePreferences.getState());
usePreferences.subscribe(applyToDocument);
