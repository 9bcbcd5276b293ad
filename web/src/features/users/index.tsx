import { useNavigate, useParams, Route, Routes } from 'react-router-dom';

import { Page, Tabs } from '@/shared/ui';

import { Organisations } from './Organisations';
import { RolesMatrix } from './RolesMatrix';
import { userTexts } from './texts';
import { UserList } from './UserList';

const tabs = ['users', 'roles', 'organisations'] as const;
type TabId = (typeof tabs)[number];

function Users() {
  const t = userTexts.useText();
  const navigate = useNavigate();
  const { tab } = useParams();
  const content = { users: <UserList />, roles: <RolesMatrix />, organisations: <Organisations /> };
  return (
    <Page title={t('title')}>
      <Tabs<TabId>
        label={t('title')}
        isFilling
        tabs={tabs.map((each) => ({ id: each, label: t(`tab.${each}`), content: content[each] }))}
        value={tabs.find((each) => each === tab) ?? 'users'}
        onChange={(next) => navigate(`/users/${next}`, { replace: true })}
      />
    </Page>
  );
}

/** Who may do what, where and for which purpose. */
export default function UsersPage() {
  return (
    <Routes>
      <Route path=":tab?" element={<Users />} />
    </Routes>
  );
}
