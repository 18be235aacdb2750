#define BOOST_TEST_MODULE lint
#include <boost/test/unit_test.hpp>
