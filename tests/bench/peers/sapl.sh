# SAPL, a Java program; see run.
build_sapl() { mvn -B -q -f "$here/sapl/pom.xml" -Dout="$out/sapl" package; }
run_sapl() {
  for way in canonical naive; do
    one SAPL "$way index" java -Xss1g -Xmx8g -cp "$out/sapl/classes:$out/sapl/lib/*" peer.Main "$directory" "$way"
  done
}
