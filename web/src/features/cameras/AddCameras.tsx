import { useNavigate, useParams } from 'react-router-dom';

import { useRight } from '@/shared/session/session';
import { Empty, Page, Tabs } from '@/shared/ui';

import { AddByCsv } from './AddByCsv';
import { AddByScan } from './AddByScan';
import { AddByUrl } from './AddByUrl';
import { addTexts } from './addTexts';

const ways = ['url', 'scan', 'csv'] as const;
type Way = (typeof ways)[number];

/** Three ways to new cameras: one address, the network, a table. */
export default function AddCameras() {
  const t = addTexts.useText();
  const navigate = useNavigate();
  const { way } = useParams();
  const mayConfigure = useRight('configure_cameras');
  const shown = ways.find((each) => each === way) ?? 'url';
  const content = { url: <AddByUrl />, scan: <AddByScan />, csv: <AddByCsv /> };
  return (
    <Page title={t('title')} onBack={() => navigate('/cameras')}>
      {mayConfigure ? (
        <Tabs<Way>
          label={t('title')}
          tabs={ways.map((each) => ({ id: each, label: t(`way.${each}`), content: content[each] }))}
          value={shown}
          onChange={(next) => navigate(`/cameras/~add/${next}`, { replace: true })}
        />
      ) : (
        <Empty title={t('noRight')} />
      )}
    </Page>
  );
}
