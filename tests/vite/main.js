import "momentum-lab";
