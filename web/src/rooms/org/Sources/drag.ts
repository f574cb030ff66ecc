/** Ids of the sources that are being dragged, comma-separated. */
export const dragType = 'application/x-qh-sources';
