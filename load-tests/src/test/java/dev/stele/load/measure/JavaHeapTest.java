package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JavaHeapTest {

  @Test
  void used_ofG1_isTheHeapWithoutMetaspace() {
    String info =
        """
        4711:
         garbage-first heap   total 65536K, used 28672K [0x00000000e0000000, 0x0000000100000000)
          region size 1024K, 3 young (3072K), 0 survivors (0K)
         Metaspace       used 10205K, committed 10432K, reserved 1114112K
          class space    used 1100K, committed 1216K, reserved 1048576K
        """;
    assertThat(JavaHeap.used(info)).hasValue(28);
  }

  @Test
  void used_ofParallel_isTheSumOfGenerations() {
    String info =
        """
        4711:
         PSYoungGen      total 38400K, used 1024K [0x00000000d5580000, 0x00000000d8000000)
          eden space 33280K, 3% used [0x00000000d5580000,0x00000000d5680000,0x00000000d7600000)
         ParOldGen       total 87552K, used 3072K [0x0000000080000000, 0x0000000085580000)
          object space 87552K, 3% used [0x0000000080000000,0x0000000080300000,0x0000000085580000)
         Metaspace       used 6789K, committed 7040K, reserved 1114112K
        """;
    assertThat(JavaHeap.used(info)).hasValue(4);
  }

  @Test
  void usedAfterCollection_ofThisProcess_isSomething() {
    assertThat(JavaHeap.usedAfterCollection(ProcessHandle.current().pid()).orElseThrow())
        .isPositive();
  }

  @Test
  void usedAfterCollection_ofNobody_isEmpty() {
    assertThat(JavaHeap.usedAfterCollection(Long.MAX_VALUE)).isEmpty();
  }
}
