# Sourced by the scripts beside it: finds a JDK or JRE 25 or newer without starting one.
# Sets TOCSIN_JAVA_HOME. The order: JAVA_HOME, the java on PATH, the usual folders.

jdk_major() { # folder -> prints the feature release, or nothing
  local line version
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        version=${version%%[.+-]*}
        printf '%s' "$version"
        return 0
        ;;
    esac
  done <"$1/release"
}

jdk_ok() {
  local major
  major=$(jdk_major "$1")
  case $major in
    '' | *[!0-9]*) return 1 ;;
    *) [ "$major" -ge 25 ] ;;
  esac
}

find_jdk() {
  local candidate
  if [ -n "${JAVA_HOME:-}" ] && jdk_ok "$JAVA_HOME"; then
    TOCSIN_JAVA_HOME=$JAVA_HOME
    return 0
  fi
  candidate=$(command -v java || true)
  if [ -n "$candidate" ]; then
    candidate=$(readlink -f "$candidate")
    candidate=${candidate%/bin/java}
    if jdk_ok "$candidate"; then
      TOCSIN_JAVA_HOME=$candidate
      return 0
    fi
  fi
  for candidate in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_ok "$candidate"; then
      TOCSIN_JAVA_HOME=$candidate
      return 0
    fi
  done
  return 1
}
