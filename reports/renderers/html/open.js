// A link to an attack opens its details; on paper, all details are open.
(() => {
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target === null ? null : target.querySelector('details');
    if (details !== null && target.tagName === 'TBODY') details.open = true;
  };
  addEventListener('hashchange', openTarget);
  openTarget();
})();
