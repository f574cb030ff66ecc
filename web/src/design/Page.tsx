import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import style from './Page.module.css';

interface PageProps {
  title: string;
  /** One line beside the title: what is being looked at. */
  about?: ReactNode;
  actions?: ReactNode;
  /** For forms and texts, which do not want the whole width. */
  narrow?: boolean;
  children: ReactNode;
}

/** Every page: one heading, which is also the title of the window. */
export function Page({ title, about, actions, narrow, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Quarterhour`;
  }, [title]);
  return (
    <div className={style.page} data-narrow={narrow || undefined}>
      <div className={style.head}>
        <Title order={1}>{title}</Title>
        {about && <div className={style.about}>{about}</div>}
        {actions && <div className={style.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function Panel({
  title,
  about,
  actions,
  children,
  flush,
}: {
  title?: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className={style.panel} aria-label={title}>
      {(title || about || actions) && (
        <div className={style.panelHead}>
          {title && <Title order={2}>{title}</Title>}
          {about && <div className={style.about}>{about}</div>}
          {actions && <div className={style.actions}>{actions}</div>}
        </div>
      )}
      <div className={flush ? style.flush : style.panelBody}>{children}</div>
    </section>
  );
}
