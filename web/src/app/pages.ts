import {
  BellRing,
  Cctv,
  ChartNoAxesColumn,
  FileClock,
  Film,
  History,
  LayoutGrid,
  MapPinned,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';

export type PageId =
  'control' | 'wall' | 'map' | 'playback' | 'history' | 'cameras' | 'supervisor' | 'users' | 'audit';

export interface PageEntry {
  id: PageId;
  /** Path below /. A feature may have paths of its own below it: "cameras/*". */
  path: string;
  icon: LucideIcon;
  /** Shown only to users with this right. */
  right: string;
  /** The key that goes there. */
  key: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** The pages of the rail, in order. */
export const pages: readonly PageEntry[] = [
  {
    id: 'control',
    path: 'control',
    icon: BellRing,
    right: 'handle_incidents',
    key: 'Alt+1',
    load: () => import('@/features/queue'),
  },
  {
    id: 'wall',
    path: 'wall',
    icon: LayoutGrid,
    right: 'view_live',
    key: 'Alt+2',
    load: () => import('@/features/wall'),
  },
  {
    id: 'map',
    path: 'map',
    icon: MapPinned,
    right: 'view_cameras',
    key: 'Alt+3',
    load: () => import('@/features/map'),
  },
  {
    id: 'playback',
    path: 'playback',
    icon: Film,
    right: 'play_back',
    key: 'Alt+4',
    load: () => import('@/features/playback'),
  },
  {
    id: 'history',
    path: 'history',
    icon: History,
    right: 'view_incidents',
    key: 'Alt+5',
    load: () => import('@/features/history'),
  },
  {
    id: 'cameras',
    path: 'cameras',
    icon: Cctv,
    right: 'view_cameras',
    key: 'Alt+6',
    load: () => import('@/features/cameras'),
  },
  {
    id: 'supervisor',
    path: 'supervisor',
    icon: ChartNoAxesColumn,
    right: 'view_supervision',
    key: 'Alt+7',
    load: () => import('@/features/supervision'),
  },
  {
    id: 'users',
    path: 'users',
    icon: Users,
    right: 'manage_users',
    key: 'Alt+8',
    load: () => import('@/features/users'),
  },
  {
    id: 'audit',
    path: 'audit',
    icon: FileClock,
    right: 'view_audit',
    key: 'Alt+9',
    load: () => import('@/features/audit'),
  },
];
