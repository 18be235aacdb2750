# Growth of a decision with the number of rules: gnuplot -e "data='…'; l2=…; output='….svg'" plot.gp
set terminal svg size 760,480 font "sans-serif,13" background "white"
set output output
set logscale xy
set xlabel "rules"
set ylabel "ns per decision"
set format x "%.0f"
set grid ytics lc rgb "#dddddd"
set key outside below horizontal maxcols 2 reverse Left
set format y "%.0f"
stats data skip 1 nooutput
blocks = STATS_blocks
with_p99 = ""  # batches have none
do for [i=0:blocks-1] {
  stats data index i using 4 nooutput
  if (STATS_max > 0) { with_p99 = with_p99." ".i }
}
plot for [i=0:blocks-1] data index i using 1:2 with linespoints lw 2 pt 7 ps 0.6 title columnheader(1).", mean", \
     for [i in with_p99] data index int(i) using 1:4 with lines lw 1 dt 2 lc int(i)+1 title columnheader(1).", p99", \
     l2 with lines lw 1 lc rgb "#888888" title "one dependent L2 load"
