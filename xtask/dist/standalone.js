// The package's one module that brings everything along: styles, core and worker.

export { MomentumLab } from "../../www/element/momentum-lab.js";
export { basins, tuning } from "../../www/maps/maps.js";
