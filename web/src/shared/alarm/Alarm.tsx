import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';

import { toGravity, type IncidentSummary } from '@/shared/api/model';
import { cameraName } from '@/shared/cameras/names';
import { common } from '@/shared/i18n';
import { kindWords, listenToIncidents, useIncidents } from '@/shared/incidents';
import { usePreferences } from '@/shared/session/preferences';
import { classes } from '@/shared/ui';

import styles from './Alarm.module.css';
import { isAlarm, loudest } from './alarm';
import { sound } from './sound';

function notify(incident: IncidentSummary, open: () => void): void {
  // Browsers have none on pages without TLS.
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const gravity = toGravity(incident.gravity);
  const title = `${common.t(`gravityWord.${gravity}`)} · ${kindWords(incident.kind)}`;
  const notification = new Notification(title, { body: cameraName(incident.camera), tag: incident.id });
  notification.onclick = () => {
    window.focus();
    open();
    notification.close();
  };
}

/** Makes grave incidents heard on every page: a sound until acknowledged, one pulse of the frame, a notification. */
export function Alarm() {
  const navigate = useNavigate();
  const { sound: isSounding, notifications } = usePreferences();
  const loud = useIncidents((store) => loudest(store.incidents.values()));
  const [flash, setFlash] = useState<{ id: string; gravity: number } | null>(null);

  useEffect(() => {
    sound(isSounding ? loud : null);
    return () => sound(null);
  }, [isSounding, loud]);

  useEffect(
    () =>
      listenToIncidents((incident, before) => {
        if (!isAlarm(incident, before)) return;
        setFlash({ id: `${incident.id}:${incident.gravity}`, gravity: incident.gravity });
        const open = (): void => navigate(`/control?incident=${encodeURIComponent(incident.id)}`);
        if (notifications && document.visibilityState === 'hidden') notify(incident, open);
      }),
    [navigate, notifications],
  );

  if (flash === null) return null;
  return (
    <div
      key={flash.id}
      className={classes(styles.flash, styles[`g${flash.gravity}`])}
      onAnimationEnd={() => setFlash(null)}
      aria-hidden="true"
    />
  );
}
