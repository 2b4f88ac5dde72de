// The picture of a line opens where calls begin; a wide one would else show its left edge.

const picture = document.getElementById("picture");
const begin = picture?.querySelector(".gr-begin");
if (begin) {
  const left = begin.getBoundingClientRect().left - picture.getBoundingClientRect().left;
  picture.scrollLeft = left - picture.clientWidth / 2;
}
