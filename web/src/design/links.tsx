import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type OfAnchor<Own> = Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own> & { ref?: Ref<HTMLAnchorElement> };

export const ButtonLink = createLink((props: OfAnchor<ButtonProps>) => <Button component="a" {...props} />);
export const AnchorLink = createLink((props: OfAnchor<AnchorProps>) => <Anchor {...props} />);
export const ActionIconLink = createLink((props: OfAnchor<ActionIconProps>) => <ActionIcon component="a" {...props} />);
